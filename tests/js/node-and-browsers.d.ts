/** The part of what Node and browsers share that pure modules use, as the DOM library types it. */

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes?: ArrayBuffer | ArrayBufferView): string;
}

declare function atob(letters: string): string;
declare function btoa(octets: string): string;

type Bytes = ArrayBuffer | ArrayBufferView<ArrayBuffer>;
type Algorithm = string | { name: string; [parameter: string]: unknown };

interface CryptoKey {
  readonly extractable: boolean;
}

declare const crypto: {
  getRandomValues<Numbers extends ArrayBufferView>(numbers: Numbers): Numbers;
  readonly subtle: {
    decrypt(way: Algorithm, key: CryptoKey, data: Bytes): Promise<ArrayBuffer>;
    deriveBits(way: Algorithm, key: CryptoKey, length: number): Promise<ArrayBuffer>;
    deriveKey(
      way: Algorithm,
      key: CryptoKey,
      kind: Algorithm,
      extractable: boolean,
      uses: string[],
    ): Promise<CryptoKey>;
    encrypt(way: Algorithm, key: CryptoKey, data: Bytes): Promise<ArrayBuffer>;
    importKey(
      format: "raw",
      data: Bytes,
      way: Algorithm,
      extractable: boolean,
      uses: string[],
    ): Promise<CryptoKey>;
    sign(way: Algorithm, key: CryptoKey, data: Bytes): Promise<ArrayBuffer>;
  };
};
