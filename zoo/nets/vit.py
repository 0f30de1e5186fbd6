"""Vision Transformer for CIFAR, with the parameter names of timm.

Dosovitskiy et al. 2021, "An Image is Worth 16x16 Words": pre-norm blocks, class token, learned positions. Patches
of 4 x 4 pixels make 64 tokens of a 32 x 32 image.
"""
import torch
import torch.nn.functional as F
from torch import nn

SIDE = 32


class Attention(nn.Module):
    """Multi-head self-attention with one projection for queries, keys and values."""

    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):
        n, tokens, dim = x.shape
        qkv = self.qkv(x).view(n, tokens, 3, self.heads, dim // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.unbind(0)
        weights = (q * q.shape[-1] ** -0.5 @ k.transpose(-2, -1)).softmax(-1)
        return self.proj((weights @ v).transpose(1, 2).reshape(n, tokens, dim))


class Mlp(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.fc2 = nn.Linear(hidden, dim)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class Block(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim, eps=1e-6)
        self.attn = Attention(dim, heads)
        self.norm2 = nn.LayerNorm(dim, eps=1e-6)
        self.mlp = Mlp(dim, 4 * dim)

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class PatchEmbed(nn.Module):
    def __init__(self, dim, patch):
        super().__init__()
        self.proj = nn.Conv2d(3, dim, patch, patch)

    def forward(self, x):
        return self.proj(x).flatten(2).transpose(1, 2)


class VisionTransformer(nn.Module):
    """`heads` of 64 or fewer dimensions each. With the pool "mean" as timm's `global_pool="avg"`: the head reads the
    mean over all tokens but the class token, normalised (`fc_norm`) after the mean instead of before it (`norm`)."""

    def __init__(self, dim=192, depth=6, heads=3, patch=4, classes=10, side=SIDE, pool=None):
        super().__init__()
        tokens = (side // patch) ** 2
        self.pool = pool
        self.patch_embed = PatchEmbed(dim, patch)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embed = nn.Parameter(torch.zeros(1, tokens + 1, dim))
        self.blocks = nn.ModuleList(Block(dim, heads) for _ in range(depth))
        setattr(self, "fc_norm" if pool == "mean" else "norm", nn.LayerNorm(dim, eps=1e-6))
        self.head = nn.Linear(dim, classes)
        nn.init.trunc_normal_(self.pos_embed, std=0.02)
        nn.init.trunc_normal_(self.cls_token, std=0.02)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.trunc_normal_(module.weight, std=0.02)
                nn.init.zeros_(module.bias)

    def embed(self, x):
        """[n, 3, 32, 32] to [n, 1 + tokens, dim]: the class token first, positions added."""
        x = self.patch_embed(x)
        return torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) + self.pos_embed

    def segments(self):
        """The functions between taps: the embedding, then each block. `classify` finishes."""
        return [self.embed, *self.blocks]

    def classify(self, x):
        """[n, 1 + tokens, dim] at the last tap to [n, classes] logits."""
        if self.pool == "mean":
            return self.head(self.fc_norm(x[:, 1:].mean(1)))
        return self.head(self.norm(x)[:, 0])

    def forward(self, x):
        for segment in self.segments():
            x = segment(x)
        return self.classify(x)
