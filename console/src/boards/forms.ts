/** Forms that are needed now and then: their part of the page comes when it has been up for a while, or when one is opened. */
import { later } from "../shell/later";

export const CorrectTime = later(() => import("./CorrectTime").then((part) => part.CorrectTime));
export const MessageForm = later(() => import("./Messages").then((part) => part.MessageForm));
export const MessagesOf = later(() => import("./Messages").then((part) => part.MessagesOf));
export const Redirect = later(() => import("./Redirect").then((part) => part.Redirect));
export const SignOn = later(() => import("./SignOn").then((part) => part.SignOn));
export const Together = later(() => import("./Together").then((part) => part.Together));
export const CorrectPlace = later(() => import("../recommend/CorrectPlace").then((part) => part.CorrectPlace));
