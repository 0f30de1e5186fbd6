/**
 * How stitching works, and what to know before believing a curve: plain words, fetched when it is
 * opened.
 */
import type { ReactNode } from "react";
import { glossary } from "./glossary";

export default function MethodText(): ReactNode {
  return (
    <div className="method">
      <h3>The question</h3>
      <p>
        Two networks are trained independently. Have they learned the same features? You can measure
        how similar their representations are. Stitching asks a harder question: can one network{" "}
        <em>use</em> what the other computes?
      </p>
      <h3>Method</h3>
      <ol>
        <li>
          An image goes through the <strong className="of-bottom">bottom</strong> network up to some
          layer.
        </li>
        <li>
          A small layer, the <strong className="of-stitch">stitch</strong>, remixes the channels at
          each position: every output is a weighted sum of them.
        </li>
        <li>
          The <strong className="of-top">top</strong> network computes the answer from there.
        </li>
      </ol>
      <p>
        Only the stitch is trained, on training images; both networks stay frozen. Then the stitched
        network and the top network alone are tested on thousands of other images. The difference
        between their errors is the penalty at that layer. Similarity is measured on those images,
        too, or on the training images if you choose so.
      </p>
      <h3>How to read a curve</h3>
      <dl>
        <dt>Near the input, a low penalty says little</dt>
        <dd>
          The first layers of an untrained network are nearly as good. Compare with an untrained
          bottom: where that costs little, too, a low penalty says nothing about the trained one.
        </dd>
        <dt>
          Near the output, the penalty is mostly the difference between the two networks’ errors
        </dt>
        <dd>
          A bottom that has nearly decided passes on its own mistakes. The chart marks both
          networks’ own errors.
        </dd>
        <dt>± shows part of the uncertainty</dt>
        <dd>
          It shows how much the penalty would vary with other test images. Other seeds of the
          networks or the stitch make a larger difference: compare several.
        </dd>
        <dt>Training may miss the best stitch</dt>
        <dd>
          The penalty is defined by the best possible stitch; training gives an upper bound.
          Stitches trained briefly from random weights can be far above it.
        </dd>
        <dt>Too strong a stitch proves nothing</dt>
        <dd>
          Several layers between the networks could learn the task on their own. One weighted sum
          per position cannot, which is why the stitch is so small.
        </dd>
        <dt>Chance similarity is not zero</dt>
        <dd>
          With many channels and few images, some measures rate unrelated representations as
          similar. The chart shows that level where it is known.
        </dd>
        <dt>Test images are used only for testing</dt>
        <dd>No choice depends on them; measuring similarity chooses nothing.</dd>
      </dl>
      <h3>Shortcuts</h3>
      <p>
        <kbd>S</kbd> shows what the stitch does to an image at the layer in view, as a press on the
        stitch in the drawing does. Arrow keys move the stitch when it has the focus, and{" "}
        <kbd>Enter</kbd> inspects it. <kbd>Z</kbd> puts all curves on one scale. <kbd>P</kbd> starts
        the presentation, which lists its own shortcuts.
      </p>
      <h3>Glossary</h3>
      <dl>
        {Object.values(glossary).map(({ title, text }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <h3>References</h3>
      <ul>
        <li>
          Bansal, Nakkiran &amp; Barak 2021,{" "}
          <cite>Revisiting Model Stitching to Compare Neural Representations</cite>
        </li>
        <li>
          Lenc &amp; Vedaldi 2015,{" "}
          <cite>
            Understanding Image Representations by Measuring Their Equivariance and Equivalence
          </cite>
        </li>
        <li>
          Csiszárik et al. 2021,{" "}
          <cite>Similarity and Matching of Neural Network Representations</cite> (the least-squares
          stitch)
        </li>
        <li>
          Kornblith et al. 2019, <cite>Similarity of Neural Network Representations Revisited</cite>{" "}
          (CKA)
        </li>
        <li>
          Krizhevsky 2009, <cite>Learning Multiple Layers of Features from Tiny Images</cite>{" "}
          (CIFAR-10)
        </li>
      </ul>
    </div>
  );
}
