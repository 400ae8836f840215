// What other sites load: <consensus-playground>. This file's name is a promise, so it holds nothing that could change.

import "./figure.js";
