/** How stitching works, and what to know before believing a curve: plain words, fetched when it is opened. */
import type { ReactNode } from "react";
import { glossary } from "./glossary";

export default function MethodText(): ReactNode {
  return (
    <div className="method">
      <h3>The question</h3>
      <p>
        Two networks are trained apart from each other. Have they found the same things inside? One
        can measure how alike their representations look. Stitching asks something harder: can one
        network <em>use</em> what the other has computed?
      </p>
      <h3>What is done</h3>
      <ol>
        <li>
          A picture goes through the <strong className="of-bottom">bottom</strong> network up to
          some layer.
        </li>
        <li>
          A small layer, the <strong className="of-stitch">stitch</strong>, turns what came out into
          something else: for every position of the picture, a weighted sum of its channels.
        </li>
        <li>
          The <strong className="of-top">top</strong> network takes it from there to its answer.
        </li>
      </ol>
      <p>
        Only the stitch is trained, on training pictures. Both networks stay as they are, to the
        last bit. Then thousands of other pictures are shown, and the errors of the stitched network
        are counted beside those of the top network alone. The difference is the penalty, one for
        each layer.
      </p>
      <h3>What to know before believing a curve</h3>
      <dl>
        <dt>Near the input, a low penalty says little</dt>
        <dd>
          The first layers of an untrained network are nearly as good. Compare with an untrained
          bottom: where it is cheap too, nothing has been learned about the trained one.
        </dd>
        <dt>Near the output, the penalty is mostly the difference of the two errors</dt>
        <dd>
          A bottom that has all but decided hands over its own mistakes. The chart marks both
          networks’ own errors.
        </dd>
        <dt>A bar is not the whole uncertainty</dt>
        <dd>
          It says how much other test pictures would change the penalty. Networks trained from other
          random starts, and stitches too, vary more: look at several.
        </dd>
        <dt>The best stitch is sought, not known</dt>
        <dd>
          The penalty is defined by the best stitch there is. What training finds is an upper bound.
          Stitches that start at random and are trained briefly can be far above it.
        </dd>
        <dt>A stitch that is too strong proves nothing</dt>
        <dd>
          Enough layers between two networks could learn the task by themselves. One weighted sum a
          position cannot: that is why the stitch is so small.
        </dd>
        <dt>Similarity has a floor that is not zero</dt>
        <dd>
          With many channels and few pictures, unrelated representations look alike to some
          measures. The chart draws that level where it is known.
        </dd>
        <dt>Trained on training pictures, judged on others</dt>
        <dd>Nothing here is chosen by looking at the test pictures.</dd>
      </dl>
      <h3>Words</h3>
      <dl>
        {Object.values(glossary).map(({ title, text }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <h3>Where it comes from</h3>
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
          Krizhevsky 2009, <cite>Learning Multiple Layers of Features from Tiny Images</cite> (the
          pictures, CIFAR-10)
        </li>
      </ul>
    </div>
  );
}
