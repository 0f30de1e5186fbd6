"""A loss and its gradients: step by step on a CPU, as one CUDA graph on a GPU.

Networks of this size keep a GPU busy for a few microseconds a kernel, less than Python takes to ask for one. A graph
asks for all of them at once.
"""
import torch


def backward_pass(net, objective, trained):
    """A function of what `objective.batch` returns that sets the gradients of `trained` and returns the loss.

    The network must be in training mode.
    """
    kind = _Graphed if trained[0].is_cuda else _Eager
    return kind(net, objective, trained)


class _Eager:
    def __init__(self, net, objective, trained):
        self.net, self.objective, self.trained = net, objective, trained

    def __call__(self, *batch):
        for parameter in self.trained:
            parameter.grad = None
        loss = self.objective.loss(self.net, *batch)
        loss.backward()
        return loss.detach()


class _Graphed:
    """Recorded at the first batch of a shape, after a few passes that let the libraries choose their kernels."""

    warm_ups = 3

    def __init__(self, net, objective, trained):
        self.eager, self.net, self.graph = _Eager(net, objective, trained), net, None

    def __call__(self, *batch):
        if self.graph is None or any(kept.shape != new.shape for kept, new in zip(self.batch, batch)):
            self._record(batch)
        for kept, new in zip(self.batch, batch):
            kept.copy_(new)
        self.graph.replay()
        return self.loss

    def _record(self, batch):
        self.batch = [tensor.clone() for tensor in batch]
        # Warming up moves the running statistics, which a recording alone does not.
        buffers = [*self.net.buffers(), *self.eager.objective.buffers()]
        statistics = [(buffer, buffer.clone()) for buffer in buffers]
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(self.warm_ups):
                self.eager(*self.batch)
        torch.cuda.current_stream().wait_stream(stream)
        for buffer, before in statistics:
            buffer.copy_(before)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.loss = self.eager(*self.batch)
