#include "review/numbers.h"

#include <stdlib.h>
#include <string.h>

static int by_code(const void *a, const void *b)
{
	const struct irm_number *x = a, *y = b;
	int order = strcmp(x->code, y->code);
	return order ? order : (x->article > y->article) - (x->article < y->article);
}

enum irm_code irm_numbers_init(struct irm_numbers *numbers, const struct irm_dataset *data,
                               struct irm_err *err)
{
	numbers->n = 0;
	numbers->rows = malloc((data->n_articles + 1) * sizeof *numbers->rows);
	if (!numbers->rows)
		return irm_err_memory(err);
	for (uint32_t i = 0; i < data->n_articles; i++)
		numbers->rows[numbers->n++] = (struct irm_number){ data->articles[i].code, i };
	qsort(numbers->rows, numbers->n, sizeof *numbers->rows, by_code);
	return IRM_OK;
}

void irm_numbers_release(struct irm_numbers *numbers)
{
	free(numbers->rows);
	*numbers = (struct irm_numbers){ NULL, 0 };
}

const struct irm_number *irm_numbers_find(const struct irm_numbers *numbers, const char *code,
                                          size_t *n)
{
	size_t low = 0, high = numbers->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (strcmp(numbers->rows[middle].code, code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*n = 0;
	while (low + *n < numbers->n && strcmp(numbers->rows[low + *n].code, code) == 0)
		++*n;
	return numbers->rows + low;
}
