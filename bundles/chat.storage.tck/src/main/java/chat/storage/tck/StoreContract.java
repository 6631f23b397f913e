// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

import org.junit.jupiter.api.extension.ExtendWith;

/** What each part of the contract needs: fresh data under a clock that the tests turn. */
@ExtendWith(SubjectExtension.class)
public interface StoreContract {

  /** Data that nobody has activated yet, for one test. */
  StoreFixture newFixture(TestClock clock) throws Exception;
}
