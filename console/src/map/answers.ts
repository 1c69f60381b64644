/** What the server answers for the map alone. */
import type { components } from "../wire/schema";

export type CoverCell = components["schemas"]["CoverCell"];
export type CityPoint = components["schemas"]["CityPointRow"];
