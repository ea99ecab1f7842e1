"""What a campaign changed: arms as chance drew them, compared within strata. Pure figures; knows no database."""
