#include <stdlib.h>
#include <string.h>

#include "init.h"

void *must_alloc(void *pointer, size_t size)
{
	void *memory = realloc(pointer, size);
	if (!memory)
		fatal("out of memory");
	return memory;
}

void list_add(struct string_list *list, const char *value)
{
	list->items = must_alloc(list->items, (list->count + 2) * sizeof(char *));
	list->items[list->count++] = strdup(value);
	list->items[list->count] = NULL;
}

void list_clear(struct string_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		explicit_bzero(list->items[i], strlen(list->items[i]));
		free(list->items[i]);
	}
	free(list->items);
	*list = (struct string_list){ 0 };
}

static size_t name_length(const char *assignment)
{
	const char *equals = strchr(assignment, '=');
	return equals ? (size_t)(equals - assignment) : strlen(assignment);
}

void list_set_env(struct string_list *env, const char *assignment)
{
	size_t length = name_length(assignment);
	for (size_t i = 0; i < env->count; i++) {
		if (name_length(env->items[i]) == length && !strncmp(env->items[i], assignment, length)) {
			free(env->items[i]);
			env->items[i] = strdup(assignment);
			return;
		}
	}
	list_add(env, assignment);
}

const char *list_get_env(const struct string_list *env, const char *name)
{
	size_t length = strlen(name);
	for (size_t i = 0; i < env->count; i++)
		if (!strncmp(env->items[i], name, length) && env->items[i][length] == '=')
			return env->items[i] + length + 1;
	return NULL;
}
