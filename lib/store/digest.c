#include "store/digest.h"

#include <stdint.h>
#include <stdio.h>

void irm_digest_init(struct irm_digest *digest)
{
	sha256_init(&digest->state);
}

void irm_digest_add(void *digest, const void *bytes, size_t n)
{
	sha256_update(&((struct irm_digest *)digest)->state, n, bytes);
}

void irm_digest_finish(struct irm_digest *digest, char out[IRM_DIGEST_SIZE])
{
	uint8_t bytes[SHA256_DIGEST_SIZE];
	sha256_digest(&digest->state, sizeof bytes, bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}
