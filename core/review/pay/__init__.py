"""What a team and a person earn: responsibility packages, incentive points, contests. Exact: integers and fractions."""
