// The page begins here.

import "./theme.js";
import "./app.js";
