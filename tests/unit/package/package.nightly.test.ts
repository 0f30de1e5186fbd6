import { packageClaims } from "./claims";
import { byNpm } from "./installed-package";

packageClaims(byNpm);
