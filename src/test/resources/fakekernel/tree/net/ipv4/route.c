// SPDX-License-Identifier: Apache-2.0
/* Shaped like the code that the real patches touch, and ours. */
struct route {
	int key;
	int users;
	struct route *next;
};

static struct route *routes;

static struct route *lookup(int key)
{
	struct route *r;

	for (r = routes; r; r = r->next)
		if (r->key == key)
			return r;
	return 0;
}

void delete_route(int key)
{
	struct route *r = lookup(key);

	if (!r)
		return;
	r->users = 0;
	routes = r->next;
}

int find_route(int key)
{
	struct route *r = lookup(key);

	if (!r)
		return 0;
	r->users++;
	return r->key;
}
