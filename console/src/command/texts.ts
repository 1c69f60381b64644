/** The line's own texts: they come with its reader, not with the page. */
import type { command } from "../text/command.vi";

export type CommandKey = keyof typeof command;
