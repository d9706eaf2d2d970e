"""Archives: a data set of many journeys checked, looked through, protected and summed up, partition by partition."""
