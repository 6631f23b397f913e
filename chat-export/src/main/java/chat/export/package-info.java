// SPDX-License-Identifier: Apache-2.0
/**
 * Writes rooms, and what the server keeps of an account, into a folder. {@link chat.export.Export}
 * reads through a {@link chat.client.ChatClient}; each form of what it writes is an {@link
 * chat.export.ExportWriter}.
 */
@org.jspecify.annotations.NullMarked
package chat.export;
