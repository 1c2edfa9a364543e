/** The life of a backup, through the module that the pages themselves use. */

/** @returns {Promise<(string | boolean | number)[]>} what each step says, from none to deleted */
export async function live() {
  const backup = await import("/static/js/backup/sync.js");
  const journal = await import("/static/js/journal/store.js");
  const { newCode } = await import("/static/js/backup/recovery-code.js");
  const said = [(await backup.sync()).why, await backup.isEnabled()];
  await journal.append([journal.newEntry("note", { text: "stiff" })]);
  said.push((await backup.enable(newCode().bytes, true)).pushed, await backup.isEnabled());
  said.push((await backup.sync()).why);
  said.push((await backup.deleteRemote()).why, (await backup.disable()).why);
  return said;
}
