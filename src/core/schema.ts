/**
 * The one door to the schema library: its small build, whose checks are functions that a bundler leaves out where
 * nobody calls them. It has no words of its own; these are its English ones.
 */
import { en } from "zod/locales";
import { config } from "zod/mini";

config(en());

export * from "zod/mini";
