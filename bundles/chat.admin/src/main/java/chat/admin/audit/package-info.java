// SPDX-License-Identifier: Apache-2.0
/** The audit log on disk: who came, and what was done, in lines of JSON. */
@org.jspecify.annotations.NullMarked
package chat.admin.audit;
