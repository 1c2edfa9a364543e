/** The table of emergency numbers: webapp/knowledge/emergency.py makes the module from its data. */

/** What is dialled where no country is known. */
export const unknown: string;
/** The codes of the countries that dial a number, parted by spaces: "FI SE". */
export const numbers: Readonly<Record<string, string>>;
/** For each area of the world, its countries and their places: "AE/Dubai CY/Famagusta/Nicosia"; in "AS/Samoa US" all others are US. */
export const zones: Readonly<Record<string, string>>;
