/** The text of `--help`. */
import { labDataSets } from "../experiment/data-sets";
import { presetNames } from "../experiment/figures";
import { protocolNames } from "../experiment/protocol";
import { layouts, mostCurves } from "../experiment/spec";

export const helpText = `Stitch Lab: what does it cost, at each layer, to feed B's lower layers into A's upper layers?

  npm run -s stitch -- --top MODEL --bottom MODEL [options]

  MODEL is a zoo id (see --list); a path to an .onnx file; a path to a .safetensors file: a
  ResNet with torchvision's parameter names, a Vision Transformer with timm's, or the five-layer
  CNN with the names in zoo/nets; or the text of a training, train:seed=1,width=8, which is
  trained now unless it was before (train --help).
  A path to an .onnx file may be followed by :side=N, the height and width of the images where
  the file leaves them open (default: those of the data), and by :taps=all, to stitch at every
  possible layer, not after each block only: net.onnx:side=224:taps=all. Weights in other files
  are found next to it.

  --top MODEL          network A, whose upper layers are used
  --bottom MODEL       network B, whose lower layers are used
  --top-head FILE      a linear head in a file of its own, for a trunk without one; or "fit": one is
                       fitted to the training images of the data set, in place of the network's own
                       if it has one; by default trunks get a fitted one
  --bottom-head FILE   the same for the bottom, which needs no head; by default it stays as it is
  --also CURVE         add a curve to the report: BOTTOM[,TOP[,SEED[,FAMILY[,PERTURBATION
                       [,OBJECTIVE]]]]]; missing parts default to the first curve's; up to
                       ${mostCurves - 1} times
  --family NAME        which maps a stitch can be: affine (the paper's; default), orthogonal,
                       permutation, identity, rank-R, or kernel-3, -5, -7, -9 (always trained);
                       sparse-S: trained and pruned to a share S of the connections, such as 0.1;
                       trained-rank-R: trained with weights of rank R at most;
                       or fresh-top: no stitch, A's layers above the site trained from scratch
  --perturbation HOW   change B's representations without losing information: none (default),
                       noise-K (append K channels of Gaussian noise), shuffled (permute positions);
                       or, as a control, put noise in their place that knows each image's label and
                       has seen no image: class-noise
  --objective NAME     what stitches are fitted for: task (the stitched network's answers; default);
                       match (A's representation at the site, by least squares); functional (A's
                       representations at the site and all of its later layers); penultimate (at
                       its last layer); or, as a control, shuffled-labels (the task, on training
                       images that have each other's labels). All but task need affine and quick;
                       shuffled-labels may have paper
  --protocol NAME      ${protocolNames.join(", ")}; default quick
  --layout NAME        ${layouts.join(" or ")}: one stitch for each layer of A, or each layer of B with
                       each layer of A; default diagonal
  --sites all|0,3,8    where to stitch, by number in the report; default all
  --data NAME|PATH     the images: ${Object.keys(labDataSets).join(", ")}, or a path to your own:
                       a folder, .zip or .tar of images in one folder for each class, an .npz or
                       .safetensors file with images and labels, or IDX files
  --image-size N|HxW   resize your own images, and crop their middle
  --resize N           length of their shorter side before the crop; default the crop's
  --grey               make your own images grey
  --normalisation HOW  of your own images: ${Object.keys(labDataSets).join(", ")}, or the mean of each
                       channel, then the deviations: 0.5,0.5,0.5/0.25,0.25,0.25; default ImageNet's
                       for colour, for grey that of the training images
  --target WHAT        what the stitched network is asked for: labels (default), or top, the
                       top's own answers, so that penalties are disagreements with it
  --train-images N     fit stitches on the first N training images
  --test-images N      measure errors on the first N test images
  --similarity-images test|train
                       measure similarity on the test images (default), or on the training images
  --permutations N     how sure similarity is: its null over N orders of one network's images, 200 to
                       1,000, with p-values and calibrated scores; default none
  --probes WHAT        fit linear probes to every layer of both networks: pooled, flattened, or
                       pooled,flattened; default none
  --departure          measure how far stitched networks depart from what A has itself
  --epochs N           passes over the training images
  --seed N             default 0
  --stitch-seeds N     train the first curve's stitches from N seeds, each a curve of its own
  --backend NAME       wasm, cpu or webgpu; default wasm
  --workers N          worker threads; default one per core (webgpu: one)
  --memory SIZE        for the run, such as 800MB or 6GB; default 1.5GB. Images larger
                       than CIFAR-10’s then pass in parts of a batch, on as many workers as fit
  --link ADDRESS       start from a shared address; other options override it
  --preset NAME        start from one of the figures; other options override it:
                       ${wrapped(presetNames)}
                       Without other options, --preset compares the result with the saved
                       report, and --link with the author's results.
  --store FOLDER       keep results and checkpoints here: an interrupted run resumes, and
                       experiments share results
  --out FILE           write the report as JSON
  --list               list the zoo
  --help               show this text
`;

/** Returns names in lines that fit next to the options. */
function wrapped(names: readonly string[]): string {
  const lines = [""];
  for (const name of names) {
    const line = lines.at(-1) ?? "";
    if (line.length + name.length > 64) lines.push(`${name}, `);
    else lines[lines.length - 1] = `${line}${name}, `;
  }
  return lines
    .map((line) => line.trimEnd())
    .join(`\n${" ".repeat(23)}`)
    .replace(/,$/, "");
}
