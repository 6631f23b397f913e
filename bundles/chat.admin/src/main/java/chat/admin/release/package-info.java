// SPDX-License-Identifier: Apache-2.0
/** What a jar says of itself, and whether it is what its maker let go. */
@org.jspecify.annotations.NullMarked
package chat.admin.release;
