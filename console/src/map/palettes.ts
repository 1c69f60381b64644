/**
 * The base map is a quiet ground: greys only, so that every colour on the screen is a unit, an
 * incident or something wrong. There is no `glyphs` address: the browser's own fonts draw the text.
 */
export type Theme = "dark" | "light";

export type Palette = {
  land: string; park: string; built: string; hospital: string; house: string; water: string; waterLine: string; shore: string;
  alley: string; street: string; tertiary: string; secondary: string; primary: string; trunk: string;
  casing: string; bridge: string; rail: string; boundary: string;
  streetText: string; placeText: string; minorPlaceText: string; waterText: string; halo: string;
};

export const PALETTES: Record<Theme, Palette> = {
  dark: {
    land: "#13171b", park: "#182020", built: "#171c21", hospital: "#211c23", house: "#1b2127",
    water: "#1f2d38", waterLine: "#1f2d38", shore: "#2b3d4b",
    alley: "#2c343c", street: "#313941", tertiary: "#3b444d", secondary: "#444e58", primary: "#4f5a65", trunk: "#5b6773",
    casing: "#0e1114", bridge: "#9aa7b3", rail: "#353d45", boundary: "#3d4750",
    streetText: "#b3bdc7", placeText: "#d2dae2", minorPlaceText: "#929eaa", waterText: "#86a0b5", halo: "#13171b",
  },
  light: {
    land: "#eceef0", park: "#e1e8e2", built: "#e5e7ea", hospital: "#f1e4e6", house: "#dfe2e5",
    water: "#c6d5e1", waterLine: "#c6d5e1", shore: "#a9bfd0",
    alley: "#fbfbfc", street: "#ffffff", tertiary: "#ffffff", secondary: "#ffffff", primary: "#ffffff", trunk: "#ffffff",
    casing: "#b4bdc6", bridge: "#5b656f", rail: "#c3c8cd", boundary: "#b3bac1",
    streetText: "#4a535c", placeText: "#2c343b", minorPlaceText: "#5b656f", waterText: "#3f5a71", halo: "#f7f8f9",
  },
};
