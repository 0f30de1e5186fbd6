/** Messages about one experiment between hosts that share a store: the tabs of a browser. */
import * as z from "../../../core/schema";
import { experimentEventSchema } from "../../../experiment/events";
import { labErrorSchema } from "../../messages";

export const sharedMessageSchema = z.discriminatedUnion("type", [
  // From the tab that computes.
  z.strictObject({ type: z.literal("event"), event: experimentEventSchema }),
  z.strictObject({ type: z.literal("paused"), paused: z.boolean() }),
  z.strictObject({ type: z.literal("ended") }),
  z.strictObject({ type: z.literal("failed"), error: labErrorSchema }),
  // From the tabs that follow. `tell-me` asks for all events so far.
  z.strictObject({ type: z.literal("tell-me") }),
  z.strictObject({ type: z.literal("set-paused"), paused: z.boolean() }),
  z.strictObject({ type: z.literal("cancel") }),
]);
export type SharedMessage = z.infer<typeof sharedMessageSchema>;

/** A channel on which every host receives the messages of the others. */
export interface TabChannel {
  post(message: SharedMessage): void;
  onMessage(receive: (message: unknown) => void): void;
  close(): void;
}

/** Opens the channel of a name. */
export type OpenTabChannel = (name: string) => TabChannel;

/** For a single host, or where there are no channels. */
export const nullChannel: OpenTabChannel = () => ({
  post: () => undefined,
  onMessage: () => undefined,
  close: () => undefined,
});
