/* How much more time and memory a test may take than usual: sanitizers have their own share.
 */
#ifndef TOUCHLINE_TESTS_INSTRUMENTED_H
#define TOUCHLINE_TESTS_INSTRUMENTED_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define INSTRUMENTED 4
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define INSTRUMENTED 4
#endif
#ifndef INSTRUMENTED
#define INSTRUMENTED 1
#endif

#endif
