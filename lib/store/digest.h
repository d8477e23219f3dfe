/* SHA-256 of what was read, by nettle: which files a load was made of. */
#ifndef IRM_STORE_DIGEST_H
#define IRM_STORE_DIGEST_H

#include <nettle/sha2.h>
#include <stddef.h>

#define IRM_DIGEST_SIZE (2 * SHA256_DIGEST_SIZE + 1) /* 64 hexadecimal digits and the end */

struct irm_digest {
	struct sha256_ctx state;
};

void irm_digest_init(struct irm_digest *digest);

/* Adds bytes[n]; its shape is that of irm_reader_options.tap. */
void irm_digest_add(void *digest, const void *bytes, size_t n);

/* Writes the digest of all that was added, in lower-case hexadecimal. */
void irm_digest_finish(struct irm_digest *digest, char out[IRM_DIGEST_SIZE]);

#endif
