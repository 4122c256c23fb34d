// Which sanitizer this test program was built with; each compiler has a way of its own to say so.
#pragma once

namespace catalogd {

#ifdef __has_feature
#define CATALOGD_HAS_FEATURE(feature) __has_feature(feature)
#else
#define CATALOGD_HAS_FEATURE(feature) 0
#endif

#if defined(__SANITIZE_ADDRESS__) || CATALOGD_HAS_FEATURE(address_sanitizer)
inline constexpr bool address_sanitizer = true;
#else
inline constexpr bool address_sanitizer = false;
#endif

#if defined(__SANITIZE_THREAD__) || CATALOGD_HAS_FEATURE(thread_sanitizer)
inline constexpr bool thread_sanitizer = true;
#else
inline constexpr bool thread_sanitizer = false;
#endif

#undef CATALOGD_HAS_FEATURE

}  // namespace catalogd
