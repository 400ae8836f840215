// Copies what stands in a field.

/** @param {HTMLInputElement | HTMLTextAreaElement} field @returns {Promise<string>} what to tell the reader */
export async function copyField(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return "Copied.";
  } catch {
    field.focus();
    field.select();
    return "Press Ctrl+C to copy it.";
  }
}
