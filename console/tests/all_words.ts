import { fetchWords, speak } from "../src/text/i18n";

await Promise.all([fetchWords("vi"), fetchWords("en")]);
if (typeof document !== "undefined") await speak("vi"); // a test without a page speaks no language
