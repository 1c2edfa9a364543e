/** The sheet by which a phone hands a file to another app. */

/** Notes every file that the sheet is given; it is closed in vain where `closing` is set. */
export function share() {
  window.shared = [];
  navigator.canShare = ({ files }) => files.length > 0;
  navigator.share = async ({ files }) => {
    window.shared.push([files[0].name, files[0].type, await files[0].text()]);
    if (window.closing) throw new DOMException("", "AbortError");
  };
}
