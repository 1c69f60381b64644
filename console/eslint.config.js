/** What the compiler does not see: hooks called now and then, effects that know an old value, promises nobody waits for. */
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

export default ts.config({
  files: ["src/**/*.ts", "src/**/*.tsx"],
  ignores: ["src/wire/schema.d.ts"],
  extends: [ts.configs.recommended],
  plugins: { "react-hooks": hooks },
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  linterOptions: { reportUnusedDisableDirectives: "error" },
  rules: {
    // The others of that library advise a compiler that we do not use, and cost as much as all the rest.
    "react-hooks/rules-of-hooks": "error",
    "react-hooks/exhaustive-deps": "error",
    "@typescript-eslint/await-thenable": "error",
    "@typescript-eslint/no-floating-promises": "error",
    // `onSubmit` may be async: what goes wrong in it is caught where it is, see shell/Notice.tsx.
    "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
    // A name that begins with _ is there to be left out.
    "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
  },
});
