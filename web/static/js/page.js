// The pages work without any of this. With it, what changes is fetched and put in place without a full load.

import { copying } from "./copy.js";
import { histogram } from "./histogram.js";
import { navigation } from "./navigation.js";
import { sheet } from "./sheet.js";
import { suggest } from "./suggest.js";
import { values } from "./values.js";

const go = navigation();
sheet();
values(go);
histogram(go);
copying();
suggest(go);
