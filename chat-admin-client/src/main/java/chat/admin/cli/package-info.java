// SPDX-License-Identifier: Apache-2.0
/** The command line of operators: {@code chatroom status}, {@code swap} and so on. */
@org.jspecify.annotations.NullMarked
package chat.admin.cli;
