// SPDX-License-Identifier: Apache-2.0
/** What operators are told of accounts, as JSON. */
@org.jspecify.annotations.NullMarked
package chat.admin.account;
