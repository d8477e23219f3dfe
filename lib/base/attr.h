/* Compiler attributes under names of our own: gcc 12 and clang 14 share no C17 spelling of them. */
#ifndef IRM_BASE_ATTR_H
#define IRM_BASE_ATTR_H

/* The result says whether the call worked: ignoring it is a defect. */
#define IRM_CHECK __attribute__((warn_unused_result))

/* Parameter `fmt` is a printf format whose arguments begin at parameter `args`. */
#define IRM_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* The result is the format that stands in parameter `n`, or one like it. */
#define IRM_FORMAT_ARG(n) __attribute__((format_arg(n)))

#endif
