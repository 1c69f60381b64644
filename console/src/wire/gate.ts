/** How one may sign in, and how a drill ends. */
import type { components } from "./schema";
import { body, client } from "./send";

export type SignInWays = components["schemas"]["SignInWays"];
export const signInWays = () => body(client.GET("/api/v1/sign-in"));
export const endDrill = () => body(client.POST("/api/v1/drill/end"));
