// SPDX-License-Identifier: Apache-2.0
/** What every client has to see to that writes to the disk: that others can't read it. */
@org.jspecify.annotations.NullMarked
package chat.client.disk;
