// SPDX-License-Identifier: Apache-2.0
/** The rules for what people write and send: names, texts, reactions, names of files, pictures. */
@org.jspecify.annotations.NullMarked
package chat.server.base.text;
