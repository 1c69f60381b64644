/** How one may sign in, and how a drill ends. */
import type { components } from "./schema";
import { body, client } from "./send";

export type SignInWays = components["schemas"]["SignInWays"];
export const signInWays = () => body(client.GET("/api/v1/sign-in"));
/** What a phone is told; the password again, for whoever finds a screen open must not lock its owner out. */
export const beginCode = (password: string) => body(client.POST("/api/v1/me/second-factor", { body: { password } }));
/** The first code of the phone; the codes for paper, told this once. */
export const confirmCode = (code: string) => body(client.POST("/api/v1/me/second-factor/confirm", { body: { code } }));
export const endDrill = () => body(client.POST("/api/v1/drill/end"));
