/* History replayed from nothing, by other means than the store's own: the board that it gives must
 * be the board that is there. */
#ifndef TOUCHLINE_TESTS_REPLAY_H
#define TOUCHLINE_TESTS_REPLAY_H

/* Fails the test when a change's old value is not what the changes before it left, or when a
 * record, a field or the order at the end is not what the board has. */
void replay_assert(const char *path);

#endif
