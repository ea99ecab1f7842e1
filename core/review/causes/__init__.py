"""Problems that calls met, grouped from reasons and notes (EVAL-06): Chinese words cut, weighed, and grouped."""
