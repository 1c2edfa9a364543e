/** What we use of uqr. */

/**
 * Returns the squares of a QR code, row by row, true where one is dark. The rows have `size`
 * squares, the border counted in, and there are as many rows.
 */
export function encode(
  text: string,
  options?: { ecc?: "L" | "M" | "Q" | "H"; border?: number },
): { size: number; data: boolean[][] };
