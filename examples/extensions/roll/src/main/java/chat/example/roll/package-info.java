// SPDX-License-Identifier: Apache-2.0
/** A bot that rolls dice. */
@org.jspecify.annotations.NullMarked
package chat.example.roll;
