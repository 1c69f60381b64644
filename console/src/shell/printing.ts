/** The one key that puts the open incidents on paper. */
export const PRINT_KEY = "F4";
