"""A team lead's day: what each agent does, what waits for the lead, tasks moved and recalled."""
