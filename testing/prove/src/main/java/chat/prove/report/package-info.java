// SPDX-License-Identifier: Apache-2.0
/** What a run has found, for people and for programs. */
@org.jspecify.annotations.NullMarked
package chat.prove.report;
