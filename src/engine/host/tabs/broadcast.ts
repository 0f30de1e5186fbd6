/** What hosts that share a store, the tabs of a browser, say to each other about one experiment. */
import * as z from "../../../core/schema";
import { experimentEventSchema } from "../../../experiment/events";
import { labErrorSchema } from "../../messages";

export const sharedMessageSchema = z.discriminatedUnion("type", [
  // From whoever computes.
  z.strictObject({ type: z.literal("event"), event: experimentEventSchema }),
  z.strictObject({ type: z.literal("paused"), paused: z.boolean() }),
  z.strictObject({ type: z.literal("ended") }),
  z.strictObject({ type: z.literal("failed"), error: labErrorSchema }),
  // From those who follow.
  z.strictObject({ type: z.literal("tell-me") }),
  z.strictObject({ type: z.literal("set-paused"), paused: z.boolean() }),
  z.strictObject({ type: z.literal("cancel") }),
]);
export type SharedMessage = z.infer<typeof sharedMessageSchema>;

/** A line on which every host hears what the others say, and not itself. */
export interface TabChannel {
  post(message: SharedMessage): void;
  onMessage(receive: (message: unknown) => void): void;
  close(): void;
}

/** Opens the line of a name. */
export type OpenTabChannel = (name: string) => TabChannel;

/** For one host alone, or where there is no such line to be had. */
export const nullChannel: OpenTabChannel = () => ({
  post: () => undefined,
  onMessage: () => undefined,
  close: () => undefined,
});
