// A stub of our own: nothing but the shape of a kernel file.
static int ip_rt_min_advmss = 256;

static int ip_rt_gc_timeout = 300;

/*
 *	Interface to generic destination cache.
 */
static int ip_rt_dump(int level);

static void fnhe_remove_oldest(struct fnhe_bucket *bucket)
{
	struct fnhe *fnhe;

	fnhe = oldest_of(bucket);
	while (fnhe) {
		if (fnhe->stamp == bucket->stamp) {
			unlink_fnhe(fnhe);
			fnhe_flush_routes(fnhe);
			kfree_rcu(fnhe, rcu);
			break;
		}
		fnhe = next_of(fnhe);
	}
}

static void ip_rt_unrelated(void)
{
	int i;

	for (i = 0; i < 10; i++)
		cpu_relax();
}

static void ip_del_fnhe(struct fib_nh *nh, __be32 daddr)
{
	struct fnhe *fnhe;

	fnhe = first_of(nh, daddr);
	while (fnhe) {
		if (fnhe->daddr == daddr) {
			unlink_fnhe(fnhe);
			fnhe_flush_routes(fnhe);
			kfree_rcu(fnhe, rcu);
			break;
		}
		fnhe = next_of(fnhe);
	}
}

static struct table ipv4_route_table[] = {
	{
		.name	= "gc_timeout",
		.data	= &ip_rt_gc_timeout,
	},
	{
		.name	= "min_advmss",
		.data	= &ip_rt_min_advmss,
	},
	{ }
};
