/** The two charts of layers as recharts draws them; fetched apart, since recharts is larger than the rest of the page. */
export { PenaltyChart } from "./PenaltyChart";
export { SimilarityChart } from "./SimilarityChart";
