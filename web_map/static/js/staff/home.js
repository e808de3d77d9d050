import { byId } from "../dom.js";
import { startFrame } from "./frame.js";
import { showNotices } from "./notices.js";

showNotices(byId("notices"));
startFrame();
