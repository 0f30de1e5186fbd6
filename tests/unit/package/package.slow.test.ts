import { packageClaims } from "./claims";
import { nextToOurPackages } from "./installed-package";

packageClaims(nextToOurPackages);
