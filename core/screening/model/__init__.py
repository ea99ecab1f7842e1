"""ID-04: a model of who is about to leave, learnt from any labelled list, and what it can and cannot say.

LightGBM and scikit-learn are used here alone, by commands that run in a process of their own."""
