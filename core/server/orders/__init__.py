"""Orders on their way: made of an outcome, confirmed by the customer, handed to the CRM, told to their agent."""
