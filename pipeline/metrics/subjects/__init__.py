"""Who or where each number is said of: the place, organisation, people or work, as told or carried on."""
